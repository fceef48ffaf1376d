// `npm run generate`: writes what the manifests and contracts say into docs/ and the READMEs. With --check it only
// compares, names what differs, and exits 1; needs neither database nor network.
import './typescript-hooks.mjs';

const { generate } = await import('./generate/generate.ts');
process.exitCode = await generate(process.argv.includes('--check'));

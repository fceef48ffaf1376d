export { end as default } from './stack-for-flows.mjs';

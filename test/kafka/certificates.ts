import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** PEM files of one who can prove who they are. */
export interface Certified {
  readonly certFile: string;
  readonly keyFile: string;
  /** Both in one file, as Java wants them. */
  readonly bothFile: string;
}

/** An authority of a test's own, in a folder; its certificates are good for a day, and for nobody else. */
export class Authority {
  readonly caFile: string;

  constructor(private readonly folder: string) {
    this.caFile = join(folder, 'ca.pem');
    this.openssl('req', '-x509', ...NEW_KEY, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '1', '-subj', '/CN=Test');
  }

  /** Certifies somebody of this machine by a common name. */
  certify(name: string): Certified {
    this.openssl('req', ...NEW_KEY, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(join(this.folder, 'names'), 'subjectAltName=IP:127.0.0.1\n');
    const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'names'];
    this.openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.pem`, ...signing);
    const [certFile, keyFile, bothFile] = ['pem', 'key', 'both'].map((end) => join(this.folder, `${name}.${end}`)) as [
      string,
      string,
      string,
    ];
    writeFileSync(bothFile, readFileSync(keyFile, 'utf8') + readFileSync(certFile, 'utf8'));
    return { certFile, keyFile, bothFile };
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
  }
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

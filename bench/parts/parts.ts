import type { PartAlone, PartOnInstallation } from '../part.js';
import { B1 } from './b1/b1.js';
import { B2 } from './b2/b2.js';
import { B3 } from './b3/b3.js';
import { B4 } from './b4/b4.js';
import { B5 } from './b5/b5.js';
import { B6 } from './b6/b6.js';
import { B7 } from './b7/b7.js';
import { IDLE } from './idle/idle.js';
import { PROFILE } from './profile/profile.js';

/** Parts that share an installation of each mode and profile, in the order in which they use it. */
export const PARTS_ON_INSTALLATION = [B1, B3, B5] as const;
/** Parts that make installations of their own, afterwards. */
export const PARTS_ALONE = [B2, B4, B6, B7, IDLE, PROFILE] as const;

type AnyPart = (typeof PARTS_ON_INSTALLATION)[number] | (typeof PARTS_ALONE)[number];

/** What can be measured, by name. */
export type PartName = AnyPart['name'];

type FigureOf<P> =
  P extends PartOnInstallation<string, infer Figure>
    ? Figure
    : P extends PartAlone<string, infer Figure>
      ? Figure
      : never;

/** The figures of all parts that were measured. */
export type Figures = { readonly [P in AnyPart as P['name']]: readonly FigureOf<P>[] };

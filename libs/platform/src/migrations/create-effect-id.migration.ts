import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ids of effects where a statement makes the rows (architecture 6). */
export class CreateEffectId1795218000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(EFFECT_ID);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP FUNCTION cdc.effect_id');
  }
}

const EFFECT_ID = `
-- The same id as the program's effectId: the first 48 bits of the cause's, the rest SHA-256 of what names the effect.
CREATE FUNCTION cdc.effect_id(cause uuid, executor text, kind text, ordinal text) RETURNS uuid
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT (substr(replace(cause::text, '-', ''), 1, 12)
                  || substr(encode(set_byte(set_byte(h, 6, get_byte(h, 6) & 15 | 128), 8, get_byte(h, 8) & 63 | 128), 'hex'), 13, 20))::uuid
            FROM sha256(convert_to('[' || concat_ws(',', to_json(cause::text), to_json(executor), to_json(kind), to_json(ordinal)) || ']', 'UTF8')) AS h);
`;

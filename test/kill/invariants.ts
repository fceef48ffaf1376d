/** A rule over the database at rest: rows that the statement gives break it. */
export interface Invariant {
  readonly name: string;
  readonly broken: string;
}

const INVENTORY_ENTRIES = `(SELECT order_id, seq, status_code, (payload ->> 'revision')::int AS revision,
   lag(status_code) OVER w AS before, lag((payload ->> 'revision')::int) OVER w AS revision_before
   FROM "order".order_status_history WHERE module = 'inventory' WINDOW w AS (PARTITION BY order_id ORDER BY seq)) AS e`;

/** What must hold once everything is at rest (reliability 4.2); what the clients know is checked apart. */
export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'I3 each order was submitted exactly once',
    broken: `SELECT o.order_id FROM "order"."order" o LEFT JOIN "order".order_status_history h
               ON h.order_id = o.order_id AND h.status_code = 'order:submitted' GROUP BY 1 HAVING count(h.id) <> 1`,
  },
  {
    name: 'I3 each accepted intent has exactly its order',
    broken: `SELECT i.id FROM "order".order_intent i FULL JOIN "order"."order" o ON o.intent_ref = i.id
              WHERE (i.state = 'accepted') IS DISTINCT FROM (o.order_id IS NOT NULL) OR i.state = 'received'`,
  },
  {
    name: 'I3 each revision has exactly one entry of the order',
    broken: `SELECT order_id, payload ->> 'revision' FROM "order".order_status_history WHERE module = 'order'
              GROUP BY 1, 2 HAVING count(*) <> 1`,
  },
  {
    name: 'I3 inventory has done the newest revision of every order',
    broken: `SELECT o.order_id FROM "order"."order" o LEFT JOIN inventory.order_reservation r USING (order_id)
              WHERE r.revision IS DISTINCT FROM o.revision`,
  },
  {
    name: 'I3 no outcome is told twice in a row for one revision and cause',
    broken: `SELECT order_id FROM ${INVENTORY_ENTRIES} WHERE status_code = before AND revision = revision_before
                AND status_code <> 'inventory:reservation_backordered'`,
  },
  {
    name: 'I4 nothing is oversold at the end',
    broken: `SELECT sku FROM inventory.stock_fold WHERE reserved > on_hand OR reservations_reserved > on_hand OR reserved < 0`,
  },
  {
    name: 'ledger fold = counters',
    broken: `SELECT sku FROM inventory.stock_fold WHERE (on_hand, reserved, sequence)
               IS DISTINCT FROM (ledger_on_hand, ledger_reserved, ledger_entries)`,
  },
  {
    name: 'counters = reservations',
    broken: `SELECT sku FROM inventory.stock_fold WHERE reserved <> reservations_reserved`,
  },
  {
    name: 'reservations = effective demand',
    broken: `SELECT coalesce(l.order_line_id, r.order_line_id) FROM "order".effective_line l
               FULL JOIN inventory.reservation r ON r.order_line_id = l.order_line_id
              WHERE coalesce(l.quantity, 0) <> coalesce(r.quantity, 0)`,
  },
  {
    name: 'nobody waits for stock that is there',
    broken: `SELECT DISTINCT s.sku FROM inventory.stock s JOIN inventory.reservation r ON r.stock_id = s.id
              WHERE r.backordered_quantity > 0 AND s.on_hand > s.reserved`,
  },
  {
    name: 'I6 revisions are gapless',
    broken: `SELECT o.order_id FROM "order"."order" o LEFT JOIN "order".order_adjustment a USING (order_id)
              GROUP BY o.order_id, o.revision
             HAVING o.revision <> 1 + count(a.id) OR coalesce(max(a.revision), 1) <> o.revision`,
  },
  {
    name: 'I6 every timeline begins with order:submitted',
    broken: `SELECT order_id FROM (SELECT DISTINCT ON (order_id) order_id, status_code FROM "order".order_status_history
               ORDER BY order_id, seq) AS first WHERE status_code <> 'order:submitted'`,
  },
  {
    name: 'I6 every timeline ends with what inventory knows',
    broken: `SELECT order_id FROM inventory.order_reservation AS r LEFT JOIN (
               SELECT DISTINCT ON (order_id) order_id, status_code FROM "order".order_status_history
                WHERE module = 'inventory' ORDER BY order_id, seq DESC) AS last USING (order_id)
              WHERE last.status_code IS DISTINCT FROM 'inventory:reservation_' || r.outcome`,
  },
  {
    name: 'I6 a cancelled order is told so last, and nothing follows',
    broken: `SELECT order_id FROM ${INVENTORY_ENTRIES} WHERE before = 'inventory:reservation_cancelled'
                AND revision <= revision_before`,
  },
  {
    name: 'I8 entries of each order follow its revisions',
    broken: `SELECT order_id FROM ${INVENTORY_ENTRIES} WHERE revision < revision_before
             UNION ALL SELECT order_id FROM (SELECT order_id, (payload ->> 'revision')::int AS revision,
               lag((payload ->> 'revision')::int) OVER (PARTITION BY order_id ORDER BY seq) AS before
               FROM "order".order_status_history WHERE module = 'order') AS o WHERE revision <= before`,
  },
  { name: 'nothing is parked', broken: `SELECT executor, key, reason FROM cdc.parked_key` },
  {
    name: 'no projection differs from its fold',
    broken: `SELECT sku, projected, folded FROM inventory.stock_difference`,
  },
];

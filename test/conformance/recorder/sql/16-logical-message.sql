SELECT pg_logical_emit_message(true,'orderkeel.tx','{"a": 1}');
SELECT pg_logical_emit_message(false,'orderkeel.nontx','plain');
BEGIN; INSERT INTO "order".order_intent VALUES ('00000000-0000-7000-8000-000000000031','00000000-0000-7000-8000-000000000131','{"sku": "A-1", "qty": 2, "price": 149.90}','2026-11-21 08:48:49.5811+00'); SELECT pg_logical_emit_message(true,'orderkeel.tx','in tx'); COMMIT;

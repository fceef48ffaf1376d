INSERT INTO cdc.signal VALUES ('sig-1','execute-snapshot','{"data-collections":["order.order_intent"],"type":"INCREMENTAL"}');

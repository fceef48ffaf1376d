INSERT INTO cdc.signal VALUES ('i1','execute-snapshot','{"data-collections":["order.order_intent"],"type":"INCREMENTAL"}');

INSERT INTO cdc.signal VALUES ('sig-3','execute-snapshot','{"data-collections":["order.order"],"type":"BLOCKING"}');

export { column } from './columns.js';
export { defineContract, tableOf, type Contract, type RowOf } from './contract.js';
export { jsonSchemaOf } from './json-schema.js';
export { namespaceOf, type StatusCategory, type StatusSeverity, type StatusWord } from './vocabulary.js';
export { decimalIn, type DecimalRule } from '../http/schema/decimal.js';
export { instantIn } from '../http/schema/instant.js';
export { listOf, pageQuery } from '../http/schema/list.js';
export {
  idIn,
  idOut,
  instantOut,
  moneyIn,
  moneyOut,
  quantityChangeIn,
  quantityIn,
  quantityOrZeroIn,
  quantityOut,
  textIn,
  unitPriceDecimalIn,
} from '../http/schema/values.js';

export { column } from './columns.js';
export { defineContract, tableOf, type Contract } from './contract.js';
export { jsonSchemaOf } from './json-schema.js';
export { namespaceOf, type StatusCategory, type StatusSeverity, type StatusWord } from './vocabulary.js';
export { instantIn } from '../http/schema/instant.js';
export { moneyIn, quantityIn, textIn, unitPriceDecimalIn } from '../http/schema/values.js';

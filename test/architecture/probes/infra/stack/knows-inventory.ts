// Offends: infra-knows-no-module
export * from '../../libs/inventory/src/contract/index.js';

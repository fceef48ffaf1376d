import { CommerceCoreModule } from '@orderkeel/commerce-core';
import { InventoryModule } from '@orderkeel/inventory';
import { OrderModule } from '@orderkeel/order';
import { declarationOf, type OrderkeelModuleClass, type OrderkeelModuleDeclaration } from '@orderkeel/platform';

/** All modules that this program was built with, foundations first. Adding a module is one line here. */
export const builtModules: readonly OrderkeelModuleClass[] = [CommerceCoreModule, OrderModule, InventoryModule];

/** What they declare, in the same order. */
export const builtDeclarations: readonly OrderkeelModuleDeclaration[] = builtModules.map(declarationOf);

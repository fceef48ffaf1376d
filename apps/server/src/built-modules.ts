import { CommerceCoreModule } from '@orderkeel/commerce-core';
import { OrderModule } from '@orderkeel/order';
import type { OrderkeelModuleClass } from '@orderkeel/platform';

/** All modules that this program was built with, foundations first. Adding a module is one line here. */
export const builtModules: readonly OrderkeelModuleClass[] = [CommerceCoreModule, OrderModule];

import 'reflect-metadata';
import { Module, type ModuleMetadata, type Type } from '@nestjs/common';
import type { Reaction } from '../reaction/reaction.js';
import type { ModuleManifest } from './manifest.js';
import { ownRoutes } from './route-owner.js';

/** A module's manifest with the reactions that are its executors, and what Nest wants to know. */
export interface OrderkeelModuleDeclaration extends ModuleManifest {
  readonly executors: readonly Type<Reaction>[];
  readonly providers?: NonNullable<ModuleMetadata['providers']>;
  readonly controllers?: readonly Type[];
}

/** A class that carries `@OrderkeelModule`. */
export type OrderkeelModuleClass = Type<object>;

const DECLARATION = Symbol('orderkeel:module');

/** Declares a module: its manifest, its executors, its providers and its routes, in one place. */
export function OrderkeelModule(declaration: OrderkeelModuleDeclaration): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata(DECLARATION, declaration, target);
    // The core's routes are always there, so that nobody needs to ask.
    if (declaration.optional) ownRoutes(declaration.name, declaration.controllers ?? []);
    Module({
      providers: [...declaration.executors, ...(declaration.providers ?? [])],
      controllers: [...(declaration.controllers ?? [])],
      exports: [...declaration.executors],
    })(target);
  };
}

/** The declaration of a module class; throws when it carries none. */
export function declarationOf(module: OrderkeelModuleClass): OrderkeelModuleDeclaration {
  const declaration = Reflect.getMetadata(DECLARATION, module) as OrderkeelModuleDeclaration | undefined;
  if (!declaration) throw new Error(`${module.name} is not a module of Orderkeel: put @OrderkeelModule on it`);
  return declaration;
}

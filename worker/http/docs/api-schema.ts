/** The wire's own schemas -> JSON Schema 2020-12, as OpenAPI 3.1 takes it. What the routes check is what is documented. */
import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { QueryValue } from "../../protocol/rest/query.ts";
import type { ApiRoute } from "../request/api-routes.ts";
import { SCHEMAS } from "../request/api-schemas.ts";

/** Checks that JSON Schema cannot express; JSON itself has no number that is not finite. */
const UNEXPRESSED = ["check", "finite", "readonly", "trim"];

/** A reference instead of a copy: the document stays readable. */
export function refTo(name: keyof typeof SCHEMAS): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}

function convert(schema: v.GenericSchema): JsonSchema {
  const {
    $schema: _,
    $defs: __,
    ...converted
  } = toJsonSchema(schema, {
    typeMode: "input",
    ignoreActions: UNEXPRESSED,
  });
  return converted;
}

/** Every named schema, referring to the others by name. */
export function makeComponents(): NonNullable<JsonSchema["$defs"]> {
  const { $defs = {} } = toJsonSchema(v.unknown(), {
    typeMode: "input",
    ignoreActions: UNEXPRESSED,
    definitions: SCHEMAS,
    overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  });
  return $defs;
}

/** As OpenAPI 3.1 writes a parameter. */
export interface ApiParameter {
  readonly name: string;
  readonly in: "query" | "path";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

/** The parts of the path, then the values of the query. */
export function parametersOf({ path, query }: ApiRoute): readonly ApiParameter[] {
  const parts = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = ""]): ApiParameter => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  return [...parts, ...Object.entries(query?.entries ?? {}).map(([name, schema]) => queried(name, schema))];
}

function queried(name: string, schema: v.GenericSchema): ApiParameter {
  const isOptional = v.safeParse(v.object({ type: v.literal("optional") }), schema).success;
  const { default: given, ...converted } = convert(schema);
  const value = statedKind(schema);
  const { description, ...stated } = value ?? converted;
  const kind: JsonSchema = stated;
  return {
    name,
    in: "query",
    required: !isOptional,
    ...(description !== undefined && { description }),
    schema: given === undefined ? kind : { ...kind, default: asValue(given, value?.type) },
  };
}

/** What `query.ts` states of a value that the URL carries as text. */
function statedKind(schema: v.GenericSchema): QueryValue | null {
  const inner = v.safeParse(v.object({ wrapped: v.custom<v.GenericSchema>(isSchema) }), schema);
  const value = v.safeParse(QueryValue, v.getMetadata(inner.success ? inner.output.wrapped : schema));
  return value.success ? value.output : null;
}

function isSchema(value: unknown): boolean {
  return v.safeParse(v.object({ kind: v.literal("schema") }), value).success;
}

/** The schema has the default of a number as the text of a URL. */
function asValue(given: JsonSchema["default"], type: string | undefined): JsonSchema["default"] {
  if (type === "integer" || type === "number") {
    return Number(given);
  }
  return type === "boolean" ? given === "true" : given;
}

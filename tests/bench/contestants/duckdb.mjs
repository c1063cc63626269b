// SPDX-License-Identifier: MIT
// Runs a query made by sql.py: duckdb.mjs QUERY INTAKE OUTPUT THREADS
// BENCH_DUCKDB is the folder that holds node_modules/@duckdb/node-api.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.env.BENCH_DUCKDB + '/package.json');
const { DuckDBInstance } = require('@duckdb/node-api');
const [query, intake, output, threads] = process.argv.slice(2);
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
// Pushed down into the reading of cells, the test for bad rows would read them twice.
await connection.run("SET disabled_optimizers = 'filter_pushdown'");
await connection.run(readFileSync(query, 'utf8')
	.replace('$INTAKE', () => quoted(intake)).replace('$OUTPUT', () => quoted(output)));

/** Several nodes on one PostgreSQL: they are one server, and live through what happens to it and to each other. */
package dev.usher.checks.nodes;

/**
 * Several nodes on one PostgreSQL: they are one server, and live through what happens to it and to each other; and what any
 * server lives through when its disk is full.
 */
package dev.usher.checks.nodes;

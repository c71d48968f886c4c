/** Ids, clock, randomness, secrets and JSON: what every room stands on. Refuses I/O, SQL and HTTP. */
@NullMarked
package dev.usher.base;

import org.jspecify.annotations.NullMarked;

/**
 * The Backend API for servers that hold a secret key. Each resource of the API has its routes here; they stay within the
 * instance whose key was shown. Refuses callers without one, and decides nothing that a room below can decide.
 */
@NullMarked
package dev.usher.backend;

import org.jspecify.annotations.NullMarked;

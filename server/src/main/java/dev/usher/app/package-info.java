/** The roof: command line, configuration and wiring. It decides nothing about sessions. */
@NullMarked
package dev.usher.app;

import org.jspecify.annotations.NullMarked;

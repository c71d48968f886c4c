/** Pages for people: the development page, the inbox, the published bundles. Refuses to change accounts. */
@NullMarked
package dev.usher.console;

import org.jspecify.annotations.NullMarked;

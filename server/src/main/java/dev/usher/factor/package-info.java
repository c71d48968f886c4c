/** Password hashing and one-time codes: prepare, attempt, verdict. Refuses to decide what a pass is good for. */
@NullMarked
package dev.usher.factor;

import org.jspecify.annotations.NullMarked;

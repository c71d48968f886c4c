/** Instances: their keys, settings and public environment. Refuses to know who is signed in. */
@NullMarked
package dev.usher.instance;

import org.jspecify.annotations.NullMarked;

/** Many at once, and the plug pulled in between: one winner of what is single-use, and nothing lost that was acknowledged. */
package dev.usher.checks.race;

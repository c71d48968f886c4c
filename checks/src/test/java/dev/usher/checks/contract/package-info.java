/** The published documents as a judge, the judge itself on trial, and the list of deviations. */
package dev.usher.checks.contract;

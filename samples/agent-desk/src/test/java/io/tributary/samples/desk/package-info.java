/// The agent desk in a real browser, before a member that plays by the public contract.
@NullMarked
package io.tributary.samples.desk;

import org.jspecify.annotations.NullMarked;

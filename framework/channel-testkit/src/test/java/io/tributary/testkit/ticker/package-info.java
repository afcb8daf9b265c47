/// A channel whose connections keep every promise: it polls, with a cursor, by two slots.
@NullMarked
package io.tributary.testkit.ticker;

import org.jspecify.annotations.NullMarked;

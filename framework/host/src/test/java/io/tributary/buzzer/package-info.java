/// A channel for tests, loaded from a jar like anybody's: buzzers that connect to us, and a tower
/// that we connect to.
@NullMarked
package io.tributary.buzzer;

import org.jspecify.annotations.NullMarked;

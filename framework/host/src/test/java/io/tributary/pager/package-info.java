/// A channel for tests, loaded from a jar like anybody's: pages come in as forms and go out as
/// nothing at all.
@NullMarked
package io.tributary.pager;

import org.jspecify.annotations.NullMarked;

/// What the way into plugin code promises, tried on bodies that sleep, spin and throw.
@NullMarked
package io.tributary.host.calls;

import org.jspecify.annotations.NullMarked;

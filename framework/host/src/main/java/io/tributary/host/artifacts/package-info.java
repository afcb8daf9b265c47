/// Which plugin jars there are and who vouches for them: jars are read whole, held against strict
/// rules and against the trust list, signed and stored, before any class of them is defined.
@NullMarked
package io.tributary.host.artifacts;

import org.jspecify.annotations.NullMarked;

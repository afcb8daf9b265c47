/// Jars made byte by byte, honest and not, held against the rules and the trust list.
@NullMarked
package io.tributary.host.artifacts;

import org.jspecify.annotations.NullMarked;

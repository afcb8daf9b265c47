/// Tokens, over a real journal.
@NullMarked
package io.tributary.host.access;

import org.jspecify.annotations.NullMarked;

/// Secrets at rest: the master key, sealed values, references to files and environment. Nothing
/// here prints.
@NullMarked
package io.tributary.host.secrets;

import org.jspecify.annotations.NullMarked;

/// Secrets at rest and in texts: what is sealed opens again, and nothing prints.
@NullMarked
package io.tributary.host.secrets;

import org.jspecify.annotations.NullMarked;

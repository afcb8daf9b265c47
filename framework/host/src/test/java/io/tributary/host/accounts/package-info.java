/// Configured accounts on a real journal, with channels that tests script.
@NullMarked
package io.tributary.host.accounts;

import org.jspecify.annotations.NullMarked;

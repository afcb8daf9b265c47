@NullMarked
package io.tributary.host.phones;

import org.jspecify.annotations.NullMarked;

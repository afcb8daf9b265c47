@NullMarked
package io.tributary.kiosk;

import org.jspecify.annotations.NullMarked;

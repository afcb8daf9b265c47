/// Tests of the web chat.
@NullMarked
package io.tributary.webchat;

import org.jspecify.annotations.NullMarked;

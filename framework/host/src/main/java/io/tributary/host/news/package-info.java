/// What was done on any member, as the audit tells it: read in order, by everybody for himself.
@NullMarked
package io.tributary.host.news;

import org.jspecify.annotations.NullMarked;

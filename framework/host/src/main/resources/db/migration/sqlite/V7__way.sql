-- The way back through the conversation as of last_position, with a checksum of its own, so that what
-- comes next need not walk it: each step lies on a page of its own. Null, or of another position: walk.
alter table conversation add column way blob;

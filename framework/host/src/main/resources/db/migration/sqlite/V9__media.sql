-- Which of several takings of the job is in force. A member with a file of its own takes each once.
alter table fetch add column claim integer not null default 0;

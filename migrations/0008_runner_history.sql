-- How long each runner took; null for who was not home when time was up, and of races before this was kept.
ALTER TABLE race_runner ADD COLUMN finish_ms integer;

-- A runner's starts, and settled races, a page at a time.
DROP INDEX race_runner_by_name;
CREATE INDEX race_runner_by_name ON race_runner (name, at, race_id);
CREATE INDEX race_settled ON race (opened_at, race_id) WHERE status = 'settled';
CREATE INDEX race_settled_by_lobby ON race (lobby_id, opened_at, race_id) WHERE status = 'settled';

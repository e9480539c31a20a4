entries AS (
  SELECT coalesce(playlist_id, raw_file) AS playlist_id, coalesce(snapshot_id, raw_file) AS snapshot, snapshot_id,
         coalesce(extracted_at, TIMESTAMP '1970-01-01 00:00:00') AS extracted, extracted_at,
         coalesce(linked_from_id, song_id) AS entry_id, song_id, "position" AS place, added_at
  FROM playlist_entries
),
taken AS (
  SELECT playlist_id, snapshot, snapshot_id, extracted, extracted_at, newest_added, coalesce(complete, true) AS complete,
         coalesce(extracted_at, newest_added) AS taken_at,
         CASE WHEN extracted_at IS NOT NULL THEN 'extracted_at' WHEN newest_added IS NOT NULL THEN 'added_at' END AS taken_from
  FROM (
    SELECT playlist_id, snapshot, extracted, max(snapshot_id) AS snapshot_id, max(extracted_at) AS extracted_at, max(added_at) AS newest_added,
           bool_or(complete) AS complete
    FROM (
      SELECT playlist_id, snapshot, snapshot_id, extracted, extracted_at, added_at, CAST(NULL AS boolean) AS complete
      FROM entries
      UNION ALL
      SELECT coalesce(playlist_id, raw_file) AS playlist_id, coalesce(snapshot_id, raw_file) AS snapshot, snapshot_id,
             coalesce(extracted_at, TIMESTAMP '1970-01-01 00:00:00') AS extracted, extracted_at,
             CASE WHEN extracted_at IS NULL THEN taken_at END AS added_at, complete
      FROM snapshots
    ) a
    GROUP BY playlist_id, snapshot, extracted
  ) e
),
judged AS (
  SELECT playlist_id, snapshot, snapshot_id, extracted, extracted_at, taken_at, taken_from,
         CASE WHEN NOT complete THEN 'incomplete'
              WHEN alike = 1 THEN 'yes'
              WHEN taken_at IS NULL THEN 'no time'
              WHEN level > 1 THEN 'tie'
              WHEN taken_from = 'added_at' AND (newest_added <= added_before OR newest_added >= added_after) THEN 'no order'
              ELSE 'yes' END AS takes_part
  FROM (
    SELECT playlist_id, snapshot, snapshot_id, extracted, extracted_at, taken_at, taken_from, newest_added, complete,
           count(*) OVER (PARTITION BY playlist_id, complete) AS alike,
           count(*) OVER (PARTITION BY playlist_id, complete, taken_at) AS level,
           max(newest_added) OVER (PARTITION BY playlist_id, complete ORDER BY taken_at NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
             AS added_before,
           min(newest_added) OVER (PARTITION BY playlist_id, complete ORDER BY taken_at NULLS FIRST ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
             AS added_after
    FROM taken
  ) t
),
ordered AS (
  SELECT playlist_id, snapshot, extracted, taken_at, taken_from,
         row_number() OVER (PARTITION BY playlist_id ORDER BY taken_at) AS nth,
         row_number() OVER (PARTITION BY playlist_id ORDER BY taken_at DESC) AS age
  FROM (
    SELECT playlist_id, snapshot, extracted, taken_at, taken_from, lag(snapshot) OVER (PARTITION BY playlist_id ORDER BY taken_at) AS snapshot_before
    FROM judged
    WHERE takes_part = 'yes'
  ) s
  WHERE snapshot_before IS NULL OR snapshot_before <> snapshot
),
basis AS (
  SELECT playlist_id, min(CASE WHEN takes_part = 'yes' THEN taken_from END) AS ordered_by, count(CASE WHEN takes_part <> 'yes' THEN 1 END) AS left_out
  FROM judged
  GROUP BY playlist_id
),
charts AS (
  SELECT o.playlist_id, o.taken_at, o.taken_from, o.nth, o.age, e.entry_id, max(e.song_id) AS song_id, min(e.place) AS place
  FROM ordered o
  JOIN entries e ON e.playlist_id = o.playlist_id AND e.snapshot = o.snapshot AND e.extracted = o.extracted
  GROUP BY o.playlist_id, o.taken_at, o.taken_from, o.nth, o.age, e.entry_id
),

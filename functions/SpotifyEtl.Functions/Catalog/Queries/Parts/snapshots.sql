entries AS (
  SELECT CASE WHEN playlist_id = '' THEN coalesce(raw_file, '') ELSE playlist_id END AS playlist_id, snapshot_id, extracted_at,
         CASE WHEN snapshot_id = '' THEN coalesce(raw_file, '') ELSE '' END AS unnamed,
         CASE WHEN linked_from_id <> '' THEN linked_from_id ELSE song_id END AS entry_id, song_id, TRY_CAST("position" AS integer) AS place, added_at
  FROM playlist_data
),
pages AS (
  SELECT CASE WHEN playlist_id = '' THEN raw_file ELSE playlist_id END AS playlist_id, snapshot_id, extracted_at,
         CASE WHEN snapshot_id = '' THEN raw_file ELSE '' END AS unnamed, max(complete) AS complete
  FROM snapshot_data
  GROUP BY CASE WHEN playlist_id = '' THEN raw_file ELSE playlist_id END, snapshot_id, extracted_at, CASE WHEN snapshot_id = '' THEN raw_file ELSE '' END
),
taken AS (
  SELECT e.playlist_id, e.snapshot_id, e.extracted_at, e.unnamed, e.newest_added, coalesce(p.complete, 'true') AS complete,
         CASE WHEN e.extracted_at <> '' THEN e.extracted_at WHEN e.newest_added <> '' THEN replace(substr(e.newest_added, 1, 19), ' ', 'T') ELSE '' END
           AS taken_at,
         CASE WHEN e.extracted_at <> '' THEN 'extracted_at' WHEN e.newest_added <> '' THEN 'added_at' ELSE '' END AS taken_from
  FROM (
    SELECT playlist_id, snapshot_id, extracted_at, unnamed, max(added_at) AS newest_added
    FROM entries
    GROUP BY playlist_id, snapshot_id, extracted_at, unnamed
  ) e
  LEFT JOIN pages p ON p.playlist_id = e.playlist_id AND p.snapshot_id = e.snapshot_id AND p.extracted_at = e.extracted_at AND p.unnamed = e.unnamed
),
judged AS (
  SELECT playlist_id, snapshot_id, extracted_at, unnamed, taken_at, taken_from,
         CASE WHEN complete = 'false' THEN 'incomplete'
              WHEN alike = 1 THEN 'yes'
              WHEN taken_at = '' THEN 'no time'
              WHEN level > 1 THEN 'tie'
              WHEN taken_from = 'added_at' AND (newest_added <= added_before OR newest_added >= added_after) THEN 'no order'
              ELSE 'yes' END AS takes_part
  FROM (
    SELECT playlist_id, snapshot_id, extracted_at, unnamed, taken_at, taken_from, newest_added, complete,
           count(*) OVER (PARTITION BY playlist_id, complete) AS alike,
           count(*) OVER (PARTITION BY playlist_id, complete, taken_at) AS level,
           max(newest_added) OVER (PARTITION BY playlist_id, complete ORDER BY taken_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS added_before,
           min(newest_added) OVER (PARTITION BY playlist_id, complete ORDER BY taken_at ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS added_after
    FROM taken
  ) t
),
ordered AS (
  SELECT playlist_id, snapshot_id, extracted_at, unnamed, taken_at, taken_from,
         row_number() OVER (PARTITION BY playlist_id ORDER BY taken_at) AS nth,
         row_number() OVER (PARTITION BY playlist_id ORDER BY taken_at DESC) AS age
  FROM (
    SELECT playlist_id, snapshot_id, extracted_at, unnamed, taken_at, taken_from,
           lag(snapshot_id) OVER (PARTITION BY playlist_id ORDER BY taken_at) AS snapshot_before
    FROM judged
    WHERE takes_part = 'yes'
  ) s
  WHERE snapshot_before IS NULL OR snapshot_before <> snapshot_id OR snapshot_id = ''
),
basis AS (
  SELECT playlist_id, min(CASE WHEN takes_part = 'yes' THEN nullif(taken_from, '') END) AS ordered_by,
         count(CASE WHEN takes_part <> 'yes' THEN 1 END) AS left_out
  FROM judged
  GROUP BY playlist_id
),
charts AS (
  SELECT o.playlist_id, o.taken_at, o.taken_from, o.nth, o.age, e.entry_id, max(e.song_id) AS song_id, min(e.place) AS place
  FROM ordered o
  JOIN entries e ON e.playlist_id = o.playlist_id AND e.snapshot_id = o.snapshot_id AND e.extracted_at = o.extracted_at AND e.unnamed = o.unnamed
  GROUP BY o.playlist_id, o.taken_at, o.taken_from, o.nth, o.age, e.entry_id
),

// Athena's SQL, engine version 3, for colours and completion: its reserved words and those that statements begin or go on with, its types and functions.
import { SQLDialect } from '@codemirror/lang-sql';

const keywords = `
  all alter and any as asc at between by case cast cross cube current_date current_time current_timestamp day deallocate deny desc describe distinct else
  end escape except execute exists explain extract false fetch filter first following for from full group grouping having hour if ignore in inner intersect
  interval into is join last lateral left like limit localtime localtimestamp minute month natural next not null nulls offset on only or order ordinality
  outer over partition position preceding prepare range recursive respect right rollup row rows second select sets show some substring table tables tablesample
  then ties to trim true try_cast uescape unbounded union unnest using values view views when where window with within year zone`;

const types = `
  array bigint binary boolean char date decimal double float int integer json map real smallint string time timestamp tinyint varbinary varchar`;

const builtin = `
  abs all_match any_match approx_distinct approx_percentile arbitrary array_agg array_distinct array_except array_intersect array_join array_max array_min
  array_position array_remove array_sort array_union arrays_overlap at_timezone avg bitwise_and bitwise_or bitwise_xor bool_and bool_or cardinality cbrt ceil
  ceiling char_length chr coalesce codepoint concat concat_ws contains corr count count_if covar_pop cume_dist date_add date_diff date_format date_parse
  date_trunc day_of_month day_of_week day_of_year degrees dense_rank element_at exp filter first_value flatten floor format format_datetime from_base64
  from_hex from_iso8601_date from_iso8601_timestamp from_unixtime from_utf8 geometric_mean greatest histogram infinity is_finite is_infinite is_nan
  json_array_contains json_extract json_extract_scalar json_format json_parse json_size lag last_day_of_month last_value lead least length listagg ln log log10
  log2 lower lpad ltrim map_agg map_concat map_entries map_filter map_from_entries map_keys map_values max max_by md5 millisecond min min_by mod multimap_agg
  nan none_match normalize now nth_value ntile nullif parse_datetime percent_rank pi power quarter radians random rank reduce regexp_count regexp_extract
  regexp_extract_all regexp_like regexp_replace regexp_split repeat replace reverse round row_number rpad rtrim sequence sha256 shuffle sign slice split
  split_part split_to_map sqrt starts_with stddev strpos substr sum to_base64 to_hex to_iso8601 to_unixtime to_utf8 transform translate trim truncate try typeof
  upper url_decode url_encode url_extract_host url_extract_path url_extract_query variance week width_bucket word_stem year_of_week zip zip_with`;

export const athena = SQLDialect.define({
  keywords,
  types,
  builtin,
  operatorChars: '*+-%<>!=|/',
  identifierQuotes: '"',
  caseInsensitiveIdentifiers: true,
});

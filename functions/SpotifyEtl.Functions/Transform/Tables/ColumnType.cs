namespace SpotifyEtl.Transform.Tables;

/// <summary>What a column's cells are in the typed tables. In CSV all are text, and an empty field is a missing value of any type.</summary>
public enum ColumnType
{
    Text,

    /// <summary>A whole number of 32 bits.</summary>
    WholeNumber,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary><c>YYYY-MM-DD</c>.</summary>
    Date,

    /// <summary>A point in time in UTC, in microseconds: ISO 8601, with <c>T</c> or a space between day and time.</summary>
    Timestamp,
}

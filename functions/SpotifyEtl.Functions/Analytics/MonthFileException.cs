namespace SpotifyEtl.Analytics;

/// <summary>A month's file cannot be built on.</summary>
internal sealed class MonthFileException(MonthFileFault fault, Exception? innerException = null) : Exception(fault.ToString(), innerException)
{
    public MonthFileFault Fault => fault;
}

/// <summary>What is wrong with a month's file.</summary>
internal enum MonthFileFault
{
    /// <summary>It is no Parquet file, or not all of one.</summary>
    Damaged,

    /// <summary>Another version wrote it, with other columns or in another way.</summary>
    OtherVersion,

    /// <summary>Something else wrote it.</summary>
    Foreign,

    /// <summary>Rows that it holds are none of the month's any more, and others that it left out for them may be.</summary>
    Outdated,
}

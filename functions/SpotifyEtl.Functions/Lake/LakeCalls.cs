using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Lake;

/// <summary>Counts calls of the lake, as the figure <c>spotify_etl.lake.calls</c>: what S3 is paid for by, and what takes a folder's time.</summary>
public static class LakeCalls
{
    /// <summary>Counts a call, whether or not it succeeds.</summary>
    public static void Count(LakeOperation operation) => EtlTelemetry.LakeCalls.Add(1, EtlTelemetry.Operation(operation switch
    {
        LakeOperation.List => "list",
        LakeOperation.Find => "find",
        LakeOperation.Read => "read",
        LakeOperation.Write => "write",
        LakeOperation.Copy => "copy",
        _ => "delete",
    }));
}

/// <summary>What a call of the lake does.</summary>
public enum LakeOperation
{
    /// <summary>Lists the objects under a prefix: on S3 a page of them.</summary>
    List,

    /// <summary>Asks whether there is an object, and of what size.</summary>
    Find,

    /// <summary>Opens an object, or a part of it, to be read.</summary>
    Read,

    /// <summary>Writes an object, or a part of it.</summary>
    Write,

    /// <summary>Copies an object, or a part of it; in a folder, renames it.</summary>
    Copy,

    /// <summary>Deletes an object.</summary>
    Delete,
}

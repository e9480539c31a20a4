using System.Runtime.InteropServices;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Where something stands in a statement; both numbers begin at 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Position(int Line, int Column)
{
    /// <summary>A refusal in Trino's form: <c>line 1:8: …</c>.</summary>
    public PermanentEtlException Fault(string message) => new($"{this}: {message}");

    public override string ToString() => $"line {Line}:{Column}";
}

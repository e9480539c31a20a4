using System.Text.Json;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Documents;

/// <summary>
/// Where in a JSON object a reader stands, as far down as <see cref="Depth"/> steps: a step is a member's name, or that of an array's first or later
/// element.
/// </summary>
/// <param name="depth">The depth of the object's own braces in the file.</param>
internal sealed class JsonPath(int depth)
{
    /// <summary>How many steps down it looks.</summary>
    public const int Depth = 5;

    private readonly FieldName[] _steps = new FieldName[Depth];
    private readonly bool[] _inArray = new bool[Depth + 1];

    /// <summary>The steps to the value that the reader stands on.</summary>
    public ReadOnlySpan<FieldName> Steps => _steps.AsSpan(0, Length);

    private int Length { get; set; }

    /// <summary>Follows the reader by one token.</summary>
    /// <returns>Whether it stands on a value within the depth; not on a name, nor on an end.</returns>
    public bool Follow(ref Utf8JsonReader reader)
    {
        var step = reader.CurrentDepth - depth - 1;
        if (step is < 0 or >= Depth || reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _steps[step] = FieldNames.Of(ref reader);
            return false;
        }

        if (_inArray[step])
        {
            _steps[step] = _steps[step] == FieldName.None ? FieldName.First : FieldName.Later;
        }

        Length = step + 1;
        _inArray[Length] = reader.TokenType == JsonTokenType.StartArray;
        if (Length < Depth)
        {
            _steps[Length] = FieldName.None;
        }

        return true;
    }
}

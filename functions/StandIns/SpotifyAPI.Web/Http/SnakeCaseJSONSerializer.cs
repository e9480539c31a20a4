using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpotifyAPI.Web.Http;

/// <summary>The default serializer: names in snake_case, nulls left out.</summary>
internal sealed class SnakeCaseJSONSerializer : IJSONSerializer
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public IAPIResponse<T> DeserializeResponse<T>(IResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);

        var isJson = string.Equals(response.ContentType, "application/json", StringComparison.OrdinalIgnoreCase);
        return new Answer<T>(isJson && response.Body is string { Length: > 0 } text ? JsonSerializer.Deserialize<T>(text, s_options) : default, response);
    }

    public void SerializeRequest(IRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);

        if (request.Body is not (null or string or Stream or HttpContent))
        {
            request.Body = JsonSerializer.Serialize(request.Body, s_options);
        }
    }

    private sealed record Answer<T>(T? Body, IResponse Response) : IAPIResponse<T>;
}

import { describe, expect, it } from '@jest/globals';
import { withSettings } from './url-settings.js';

describe('the settings of a connection', () => {
  it('come behind those that the URL brings, and so win', () => {
    const url = withSettings(
      'postgresql://u:p%40@h:5432/d?sslmode=require&options=-c%20timezone%3DJapan',
      '-c timezone=UTC',
    );
    expect(new URL(url).searchParams.get('options')).toBe('-c timezone=Japan -c timezone=UTC');
    expect([new URL(url).password, new URL(url).searchParams.get('sslmode')]).toEqual(['p%40', 'require']);
  });

  it('are the only ones where the URL brings none', () => {
    expect(new URL(withSettings('postgresql://h/d', '-c a=b')).searchParams.get('options')).toBe('-c a=b');
  });
});
